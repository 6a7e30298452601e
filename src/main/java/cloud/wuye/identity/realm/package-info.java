/**
 * The Keycloak side of identity: realms of companies and the users in them, through Keycloak's admin interface. Nothing
 * here touches the database, and nothing here is called inside a transaction: Keycloak may be slow or away.
 *
 * <p>May use: platform, tenant, identity's configuration.
 */
package cloud.wuye.identity.realm;
