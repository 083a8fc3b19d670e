/** Who did what through this node: a hash-chained, fsynced trail, shown as FHIR AuditEvents. */
package org.medseal.audit;
