package cloud.wuye.tariff;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

/** Which tariff plans a list shows; absent fields filter nothing. */
@Input("TariffPlanFilterInput")
@Description("Which tariff plans a list shows. Absent fields filter nothing.")
public record TariffPlanFilterInput(
        @Description("Only those that price this.") Commodity commodity,
        @Description("Only those whose name contains this.") String search) {
    static final TariffPlanFilterInput NONE = new TariffPlanFilterInput(null, null);
}
