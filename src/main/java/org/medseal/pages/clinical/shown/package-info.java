/**
 * How values of records are shown: bounded, readable, under the names their standards give them.
 */
package org.medseal.pages.clinical.shown;
