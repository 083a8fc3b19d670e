/** People at their pages, many at a time. */
package org.medseal.bench.people;
