/**
 * Stake, validators and membership as values: what actions and blocks do to them. Pure arithmetic,
 * the same on every node.
 */
package org.medseal.ledger.stake;
