/** Real messages of many senders through a running institution, file by file. */
package org.medseal.bench.cases;
