/** What a sealed record holds. */
package org.medseal.connectors.record;
