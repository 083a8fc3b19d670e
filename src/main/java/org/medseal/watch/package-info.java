/** Tells hospital IT what it should look at: silent feeds, full disks, full queues. */
package org.medseal.watch;
