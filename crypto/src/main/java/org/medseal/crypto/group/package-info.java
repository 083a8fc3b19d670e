/**
 * XSGS group signatures over BLS12-381: members sign for the group, the issuer admits, the opener
 * names a signer, and anybody judges the opening.
 */
package org.medseal.crypto.group;
