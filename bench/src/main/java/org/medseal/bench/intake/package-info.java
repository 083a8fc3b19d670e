/** How fast, how safely and in how little memory a hospital takes messages in. */
package org.medseal.bench.intake;
