/** Pages of accounts. */
package org.medseal.pages.account;
