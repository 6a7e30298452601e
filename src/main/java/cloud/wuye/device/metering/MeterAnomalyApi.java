package cloud.wuye.device.metering;

import cloud.wuye.device.registry.DeviceView;
import cloud.wuye.platform.paging.ListSort;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.SortDirection;
import cloud.wuye.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Name;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;
import org.eclipse.microprofile.graphql.Source;

/** The GraphQL door to counters that say what cannot be. */
@GraphQLApi
public class MeterAnomalyApi {
    private final Anomalies anomalies;

    MeterAnomalyApi(Anomalies anomalies) {
        this.anomalies = anomalies;
    }

    @Query
    @NonNull
    @Description("Counters whose readings are or were not believed.")
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN})
    public Uni<MeterAnomalyConnection> meterAnomalies(
            @Description("Which anomalies.") MeterAnomalyFilterInput filter,
            @DefaultValue("FOUND_AT") @Description("What to order by.") MeterAnomalySort sort,
            @Description(ListSort.DIRECTION) SortDirection direction,
            @DefaultValue(PageInput.DEFAULT) @Description(PageInput.FIRST) Integer first,
            @Description(PageInput.AFTER) String after) {
        return anomalies
                .page(
                        filter == null ? MeterAnomalyFilterInput.NONE : filter,
                        ListSort.order(sort, MeterAnomalySort.FOUND_AT, direction),
                        PageInput.of(first, after))
                .map(MeterAnomalyConnection::new);
    }

    @Name("openAnomalies")
    @NonNull
    @Description(
            "A meter's counters that say what cannot be, since when and why; nothing is billed from them meanwhile.")
    public Uni<List<List<MeterAnomalyView>>> openAnomalies(@Source List<DeviceView> views) {
        return anomalies.open(views.stream().map(DeviceView::id).toList()).map(found -> views.stream()
                .map(view -> found.getOrDefault(view.id(), List.of()))
                .toList());
    }
}
