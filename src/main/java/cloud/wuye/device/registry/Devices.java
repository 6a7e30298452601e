package cloud.wuye.device.registry;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.Page;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.Select;
import cloud.wuye.platform.paging.SortDirection;
import cloud.wuye.space.Spaces;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Questions about devices; each is one statement. */
@ApplicationScoped
public class Devices {
    /** The most devices behind one gateway that a field shows; more are paged with the filter {@code gatewayId}. */
    static final int CHILDREN = 200;

    private static final String SELECT = "select " + DeviceView.COLUMNS + DeviceView.FROM;

    private static final String CHILDREN_OF = "select d.* from unnest($1::uuid[]) p(id) cross join lateral (" + SELECT
            + " where d.gateway_id = p.id and d.lifecycle <> 'RETIRED' order by d.serial_no, d.id limit " + CHILDREN
            + ") d";

    private final Db db;

    Devices(Db db) {
        this.db = db;
    }

    /** One page of the devices that pass the filter. */
    public Uni<Page<DeviceView>> page(
            DeviceFilterInput filter, DeviceSort sort, SortDirection direction, PageInput page) {
        Select select = Select.of(SELECT)
                .in("d.kind", filter.kinds())
                .in("d.lifecycle", filter.lifecycles())
                .eq("d.gateway_id", filter.gatewayId());
        if (filter.lifecycles() == null) {
            select.where("d.lifecycle <> 'RETIRED'");
        }
        if (filter.connectivity() != null) {
            select.where("coalesce(t.connectivity, 'UNKNOWN') = ?", filter.connectivity());
        }
        if (filter.within() != null) {
            select.where("d.space_id" + Spaces.WITHIN, filter.within());
        }
        if (Boolean.TRUE.equals(filter.unassigned())) {
            select.where("d.space_id is null");
        }
        if (filter.text() != null && !filter.text().isBlank()) {
            select.where(
                    "position(lower(?) in lower(concat_ws(chr(10), d.serial_no, d.name, d.model, d.uid))) > 0",
                    filter.text().trim());
        }
        return db.readSql(
                connection -> select.page(connection, sort.keyset().towards(direction), page, DeviceView::of));
    }

    /** A device of the caller's company, or null. */
    public Uni<DeviceView> one(UUID id) {
        return byIds(List.of(id)).map(found -> found.get(id));
    }

    /** The devices with these ids, for batched fields; unknown ids are left out. */
    public Uni<Map<UUID, DeviceView>> byIds(Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return rows(SELECT + " where d.id = any($1)", Tuple.of(distinct(ids))).map(rows -> {
            Map<UUID, DeviceView> found = new HashMap<>();
            rows.forEach(row -> found.put(row.getUUID("id"), DeviceView.of(row)));
            return found;
        });
    }

    /** For each gateway the devices behind it that are not retired, by serial number; at most {@link #CHILDREN} each. */
    Uni<Map<UUID, List<DeviceView>>> children(Collection<UUID> gateways) {
        return rows(CHILDREN_OF, Tuple.of(distinct(gateways))).map(rows -> {
            Map<UUID, List<DeviceView>> groups = new HashMap<>();
            for (Row row : rows) {
                DeviceView child = DeviceView.of(row);
                groups.computeIfAbsent(child.gatewayId(), id -> new ArrayList<>())
                        .add(child);
            }
            return groups;
        });
    }

    /** For each space one page of the devices that stand right in it, by serial number. */
    Uni<Map<UUID, Page<DeviceView>>> inSpaces(Collection<UUID> spaces, PageInput page) {
        Keyset order = DeviceSort.SERIAL_NO.keyset();
        Tuple values = Tuple.of(distinct(spaces), page.first() + 1);
        String after = page.after() == null
                ? ""
                : " and "
                        + order.after(page.after(), value -> {
                            values.addValue(value);
                            return "$" + values.size();
                        });
        String sql = "select d.* from unnest($1::uuid[]) p(id) cross join lateral (" + SELECT
                + " where d.space_id = p.id and d.lifecycle <> 'RETIRED'" + after + " order by " + order.orderBy()
                + " limit $2) d";
        return rows(sql, values).map(rows -> pages(rows, order, page));
    }

    private static Map<UUID, Page<DeviceView>> pages(RowSet<Row> rows, Keyset order, PageInput page) {
        Map<UUID, Page<DeviceView>> pages = new HashMap<>();
        for (Row row : rows) {
            DeviceView device = DeviceView.of(row);
            Page<DeviceView> sofar = pages.computeIfAbsent(
                    device.spaceId(),
                    id -> new Page<>(new ArrayList<>(), new ArrayList<>(), false, page.after() != null));
            if (sofar.items().size() == page.first()) {
                pages.put(device.spaceId(), new Page<>(sofar.items(), sofar.cursors(), true, sofar.hasPrevious()));
            } else {
                sofar.items().add(device);
                sofar.cursors().add(order.cursor(row));
            }
        }
        return pages;
    }

    private Uni<RowSet<Row>> rows(String sql, Tuple values) {
        return db.readSql(connection -> connection.preparedQuery(sql).execute(values));
    }

    private static UUID[] distinct(Collection<UUID> ids) {
        return ids.stream().distinct().toArray(UUID[]::new);
    }
}
