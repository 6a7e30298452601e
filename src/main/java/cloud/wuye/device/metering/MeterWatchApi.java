package cloud.wuye.device.metering;

import cloud.wuye.device.inbox.DeviceNews;
import cloud.wuye.platform.live.Subscriptions;
import cloud.wuye.platform.security.Roles;
import io.smallrye.graphql.api.Subscription;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.NonNull;

/** The GraphQL door to readings as they come. */
@GraphQLApi
public class MeterWatchApi {
    private final Subscriptions subscriptions;
    private final Readings readings;

    MeterWatchApi(Subscriptions subscriptions, Readings readings) {
        this.subscriptions = subscriptions;
        this.readings = readings;
    }

    @Subscription
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN})
    @Description(
            "The newest reading of each counter of these meters at once, and again whenever a newer one comes or the "
                    + "judgement on it changes. Readings that come faster than they are taken are shown as the last of them; "
                    + "`meterReadings` lists all. Other companies' meters are silent.")
    public Multi<ReadingUpdateView> meterReadingUpdates(
            @NonNull @Description("The meters, 200 at most.") List<@NonNull UUID> deviceIds) {
        Map<ReadingUpdateView.Counter, ReadingUpdateView> shown = new ConcurrentHashMap<>();
        return subscriptions
                .each(Set.of(DeviceNews.READING), deviceIds, readings::newestOfCounters)
                .select()
                .where(reading -> !reading.equals(shown.put(reading.counter(), reading)));
    }
}
