/** Tables that hold much in little memory and never grow all at once. */
package org.medseal.connectors.table;
