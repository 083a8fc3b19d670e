/** Real processes under real faults, watched by a checker of what they committed. */
package org.medseal.bench.faults;
