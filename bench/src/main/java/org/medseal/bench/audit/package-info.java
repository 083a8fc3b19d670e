/** The audit trail when it has become long. */
package org.medseal.bench.audit;
