/** What the programs of the bench share. */
package org.medseal.bench;
