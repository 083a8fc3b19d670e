/** The admin endpoint: HTTPS, JSON, problem documents. One class per group of calls. */
package org.medseal.admin;
