/** Letters to users of this node, through any SMTP server; never a word about a patient. */
package org.medseal.mail;
