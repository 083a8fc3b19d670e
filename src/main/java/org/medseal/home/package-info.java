/** An institution's folder: its settings, checked when read, and its keys. */
package org.medseal.home;
