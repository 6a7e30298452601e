/**
 * Who lives or works where, and since when: what makes a space, and whatever stands in it, a resident's.
 *
 * <p>Features below use {@link cloud.wuye.space.occupancy.Occupancies}. Neighbours allowed: {@code platform}, {@code
 * identity.resident}.
 */
package cloud.wuye.space.occupancy;
