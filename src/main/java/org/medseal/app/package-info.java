/** One institution's MedSeal, wired: opened, started and closed in one place. */
package org.medseal.app;
