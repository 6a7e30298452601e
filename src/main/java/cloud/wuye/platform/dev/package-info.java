/**
 * Servers on a bare machine: finds out which outside servers are not configured and, in development and tests, lets the
 * kit (a process of its own, never part of what ships) start them. In production it only says what is missing.
 *
 * <p>Runs before the application, so it uses nothing of it.
 */
package cloud.wuye.platform.dev;
