/**
 * Rule files in YAML: read with the line of every entry, so that a mistake is told by file, line
 * and key.
 */
package org.medseal.connectors.deidentify.rules;
