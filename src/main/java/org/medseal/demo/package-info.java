/** Several hospitals on one machine, each a process, and the story they play. */
package org.medseal.demo;
