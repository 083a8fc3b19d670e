/** Route files: checked, kept by generation, and changed while the feeds run. */
package org.medseal.routes;
