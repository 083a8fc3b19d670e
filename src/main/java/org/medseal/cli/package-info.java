/** The command line. Exit 0 done, 1 failed with one line that says why, 2 wrong usage. */
package org.medseal.cli;
