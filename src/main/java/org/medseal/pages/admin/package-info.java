/** Pages of administration. */
package org.medseal.pages.admin;
