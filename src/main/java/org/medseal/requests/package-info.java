/** Finding records, asking for them, deciding about requests, and opening what was granted. */
package org.medseal.requests;
