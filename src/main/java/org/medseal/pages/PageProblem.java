package org.medseal.pages;

/**
 * A refusal, to be said in words.
 *
 * @param name last part of the problem's type URN; may be empty
 * @param detail what the call said, in English; safe to show
 */
public record PageProblem(int status, String name, String detail) {}
