/**
 * Who may use this institution's MedSeal: logins, roles, sessions, and the keys a session holds.
 */
package org.medseal.users;
