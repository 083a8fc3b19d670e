/** The engine and application interfaces, and the engines. */
package org.medseal.ledger.engine;
