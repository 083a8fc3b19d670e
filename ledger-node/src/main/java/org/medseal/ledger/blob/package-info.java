/**
 * Payloads outside the blocks: encrypted chunks of 1 MiB on disk, checked whenever they are read,
 * and their way between nodes. Never on the engine's thread.
 */
package org.medseal.ledger.blob;
