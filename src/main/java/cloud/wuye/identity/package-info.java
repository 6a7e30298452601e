/**
 * Who may come in, and as whom: bearer tokens of many Keycloak realms (one per property company), the operator's
 * on-boarding and suspending of companies, their staff, {@code me}.
 *
 * <p>May use: platform, tenant.
 */
package cloud.wuye.identity;
