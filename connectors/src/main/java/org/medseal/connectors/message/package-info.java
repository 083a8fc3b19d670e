/** The inbox and outbox: every message from its receipt to its commit, on fsynced journals. */
package org.medseal.connectors.message;
