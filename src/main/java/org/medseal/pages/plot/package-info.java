/** Plots as SVG text: geometry from numbers, every text escaped, nothing but classes for style. */
package org.medseal.pages.plot;
