package cloud.wuye.device.metering.cutoff;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.Page;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.Select;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** What is asked about what happened to credit; each is one statement. */
@ApplicationScoped
class CreditQueries {
    private final Db db;

    CreditQueries(Db db) {
        this.db = db;
    }

    Uni<Page<CreditEventView>> events(CreditEventFilterInput filter, Keyset order, PageInput page) {
        return db.readSql(connection -> Select.of("select e.* from credit_event e")
                .eq("e.device_id", filter.deviceId())
                .in("e.kind", filter.kinds())
                .between("e.at", filter.at())
                .page(connection, order, page, CreditEventView::of));
    }

    Uni<Page<CutOffDecisionView>> decisions(CutOffDecisionFilterInput filter, Keyset order, PageInput page) {
        return db.readSql(connection -> Select.of("select e.*, e.inputs::text as input_text from cut_off_decision e")
                .eq("e.device_id", filter.deviceId())
                .in("e.outcome", filter.outcomes())
                .in("e.reason", filter.reasons())
                .between("e.at", filter.at())
                .page(connection, order, page, CutOffDecisionView::of));
    }
}
