/** Pages of records. */
package org.medseal.pages.clinical;
