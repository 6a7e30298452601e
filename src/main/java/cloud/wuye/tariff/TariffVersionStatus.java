package cloud.wuye.tariff;

import org.eclipse.microprofile.graphql.Description;

/** Where a version stands. */
@Description("Where a version of a tariff stands.")
public enum TariffVersionStatus {
    @Description("Being written; charges nothing and may be changed.")
    DRAFT,
    @Description("Charges from its first day; never changed again.")
    PUBLISHED,
    @Description("Taken back before its first day; has never charged anything.")
    WITHDRAWN
}
