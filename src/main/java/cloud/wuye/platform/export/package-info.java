/**
 * Lists as files, CSV or XLSX, made in the background and fetched over REST. A feature offers a list by a bean of {@link
 * cloud.wuye.platform.export.ExportList}; nothing else is to be done:
 *
 * <pre>{@code
 * @ApplicationScoped
 * class DeviceList implements ExportList<DeviceFilterInput, DeviceView> {
 *     public String name() { return "devices"; }                     // as the query in GraphQL
 *     public Words title() { return new Words("设备", "Devices"); }
 *     public Set<String> roles() { return Set.of(Roles.MANAGER, Roles.TECHNICIAN); }   // as the query's
 *     public Class<DeviceFilterInput> filter() { return DeviceFilterInput.class; }     // the query's own input
 *     public Select rows(DeviceFilterInput by) { return Devices.select(by); }          // the query's own statement
 *     public Keyset order() { return DeviceSort.CREATED_AT.keyset(); }             // one of the query's own
 *     public DeviceView row(Row row) { return DeviceView.of(row); }
 *     public List<ExportColumn<DeviceView>> columns() {
 *         return List.of(
 *                 ExportColumn.text("设备编号", "Serial number", DeviceView::serialNo),
 *                 ExportColumn.choice("类型", "Kind", DeviceView::kind, KINDS),
 *                 ExportColumn.instant("创建时间", "Created", DeviceView::createdAt));
 *     }
 * }
 * }</pre>
 *
 * The statement gives one row per line and all that the columns show, by joins; whatever its row holds beyond that is not
 * read. Then {@code ExportsPageTest} with {@code -Dwuye.docs.rewrite=true} writes the list into {@code
 * docs/reference/exports.md}, and {@code ExportListsTest} holds its roles against the query of the same name.
 *
 * <p>How it runs: a row of {@code export_job} is taken by the ticker in {@code schedule} under a lease, the list is read a
 * chunk at a time, each chunk in a transaction of its own under the company's fence, and the file is kept in parts in the
 * database, so that every replica can hand it out. Who loses the lease stops; the next one begins the file anew.
 *
 * <p>Neighbours allowed: {@code platform}; of the companies it reads the zone in the table.
 */
package cloud.wuye.platform.export;
