/**
 * How a property company comes aboard, and how it is shut out and let in again: the platform operator's acts.
 *
 * <p>May use: platform, tenant, identity.realm, identity.staff.
 */
package cloud.wuye.identity.onboarding;
