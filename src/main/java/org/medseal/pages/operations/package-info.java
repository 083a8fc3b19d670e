/** Pages of operations. */
package org.medseal.pages.operations;
