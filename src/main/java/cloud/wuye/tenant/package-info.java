/**
 * A property company: its row, its life (on-boarding, active, suspended) and the registry that turns a token's issuer or
 * a topic's segment into a company. The owner of every other row.
 *
 * <p>May use: platform.
 */
package cloud.wuye.tenant;
