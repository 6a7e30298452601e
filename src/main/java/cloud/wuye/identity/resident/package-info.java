/**
 * A company's residents: who they are, how they are grouped, and who of them a log-in speaks for. Accounts live in Keycloak
 * and are optional.
 *
 * <p>Features below use {@link cloud.wuye.identity.resident.Residents} and {@link
 * cloud.wuye.identity.resident.CurrentResident}. May use: platform, tenant, identity.realm.
 */
package cloud.wuye.identity.resident;
