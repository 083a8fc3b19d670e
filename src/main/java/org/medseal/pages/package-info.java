/** What a page is: its request, the calls it makes in process, its texts and its answer. */
package org.medseal.pages;
