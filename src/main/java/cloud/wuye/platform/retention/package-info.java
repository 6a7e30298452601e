/**
 * How long what grows without end is kept. Features say what rows of a kind are worth nothing any more; settings say after
 * which age; the ticker in {@code schedule} rings.
 */
package cloud.wuye.platform.retention;
