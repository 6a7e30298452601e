/**
 * How every list of the service is cut into pages: keyset pages with opaque cursors, shown as Relay connections.
 *
 * <p>The recipe for a list:
 *
 * <pre>{@code
 * static final Keyset BY_SERIAL = Keyset.by(Key.asc("d.serial_no", KeyType.TEXT), Key.asc("d.id", KeyType.UUID));
 *
 * Uni<Page<DeviceView>> page(DeviceFilterInput filter, DeviceSort sort, PageInput page) {
 *     return db.readSql(connection -> Select.of("select d.* from device d")
 *             .eq("d.kind", filter.kind())          // a null filter field filters nothing
 *             .contains("d.name", filter.name())
 *             .page(connection, sort.keyset(), page, DeviceView::of));
 * }
 *
 * public Uni<DeviceConnection> devices(DeviceFilterInput filter, …, Integer first, String after) {
 *     return devices.page(filter, sort, PageInput.of(first, after)).map(DeviceConnection::new);
 * }
 * }</pre>
 *
 * Conventions: lists take {@code filter}, {@code sort}, {@code direction}, {@code first} and {@code after}; filters are
 * inputs whose absent fields filter nothing; ranges are half-open; a sort is an enum whose values name a {@link
 * cloud.wuye.platform.paging.Keyset}. There is neither OFFSET nor an exact count: both cost more with every row.
 *
 * <p>Neighbours allowed: {@code platform.problem}.
 */
package cloud.wuye.platform.paging;
