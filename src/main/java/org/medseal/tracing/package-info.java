/** Naming who signed a record: asked, approved by two, opened by the opener, judged by anybody. */
package org.medseal.tracing;
