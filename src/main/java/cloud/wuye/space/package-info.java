/**
 * Places: the tree of communities, buildings, floors, units and other kinds. Every other thing that stands somewhere
 * points to a space; features below say through {@link cloud.wuye.space.SpaceUse} that a space may not go away.
 *
 * <p>Neighbours allowed: {@code platform}.
 */
package cloud.wuye.space;
