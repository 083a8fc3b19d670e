/** HL7 v2 records as people read them: a tree of named segments, and a table of results. */
package org.medseal.pages.clinical.hl7;
