/**
 * A company's staff: who works there, with which roles; invited, changed and disabled by its managers. Accounts live in
 * Keycloak, a mirror of them in our table.
 *
 * <p>May use: platform, tenant, identity.realm.
 */
package cloud.wuye.identity.staff;
