/** All pages, and what holds for each of them before and after it is served. */
package org.medseal.pages.site;
