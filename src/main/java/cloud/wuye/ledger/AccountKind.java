package cloud.wuye.ledger;

import org.eclipse.microprofile.graphql.Description;

/** What an account is for; fixes its unit, how fine it is counted and whether it has a subject. The meaning: README.md. */
@Description("What an account of the ledger is for. A debit is positive, a credit negative.")
public enum AccountKind {
    @Description("Money that a payment channel holds for the company.")
    PSP_CLEARING(LedgerUnit.CNY, 2, false),
    @Description("Cash and transfers taken by staff.")
    CASH_DESK(LedgerUnit.CNY, 2, false),
    @Description("The company's bank account.")
    BANK(LedgerUnit.CNY, 2, false),
    @Description("Money a meter, wallet or session has with the company: negative while there is some.")
    CUSTOMER_CREDIT(LedgerUnit.CNY, 6, true),
    @Description("Money a customer owes.")
    RECEIVABLE(LedgerUnit.CNY, 6, true),
    @Description("Refunds promised and not yet carried out: negative.")
    REFUND_PAYABLE(LedgerUnit.CNY, 2, false),
    @Description("Money that came and that nobody can name: negative.")
    SUSPENSE(LedgerUnit.CNY, 2, false),
    @Description("Earned by the energy price of electricity: negative, as all revenue.")
    REVENUE_ELECTRICITY(LedgerUnit.CNY, 6, false),
    @Description("Earned by water.")
    REVENUE_WATER(LedgerUnit.CNY, 6, false),
    @Description("Earned by the energy price of charging.")
    REVENUE_CHARGING_ENERGY(LedgerUnit.CNY, 6, false),
    @Description("Earned by the service price of charging.")
    REVENUE_CHARGING_SERVICE(LedgerUnit.CNY, 6, false),
    @Description("Earned by the service price of electricity and water.")
    SERVICE_FEE(LedgerUnit.CNY, 6, false),
    @Description("Fees that payers paid on top.")
    PAYMENT_FEE_INCOME(LedgerUnit.CNY, 2, false),
    @Description("Fees that payment channels kept.")
    CHANNEL_FEE_EXPENSE(LedgerUnit.CNY, 2, false),
    @Description("Discounts that the company bears.")
    PROMOTION_EXPENSE(LedgerUnit.CNY, 2, false),
    @Description("Money owed to the company that it has given up.")
    BAD_DEBT(LedgerUnit.CNY, 6, false),
    @Description("Fractions of a fen, where accrued amounts became fen.")
    ROUNDING(LedgerUnit.CNY, 6, false),
    @Description("Electricity a meter has as credit: negative while there is some.")
    ENERGY_CREDIT(LedgerUnit.KWH, 4, true),
    @Description("Electricity sold as credit.")
    ENERGY_SOLD(LedgerUnit.KWH, 4, false),
    @Description("Electricity used from credit: negative.")
    ENERGY_USED(LedgerUnit.KWH, 4, false),
    @Description("Water a meter has as credit: negative while there is some.")
    WATER_CREDIT(LedgerUnit.M3, 4, true),
    @Description("Water sold as credit.")
    WATER_SOLD(LedgerUnit.M3, 4, false),
    @Description("Water used from credit: negative.")
    WATER_USED(LedgerUnit.M3, 4, false);

    private final LedgerUnit unit;
    private final int decimals;
    private final boolean hasSubject;

    AccountKind(LedgerUnit unit, int decimals, boolean hasSubject) {
        this.unit = unit;
        this.decimals = decimals;
        this.hasSubject = hasSubject;
    }

    /** What it counts. */
    public LedgerUnit unit() {
        return unit;
    }

    /** The most decimals of an amount. */
    public int decimals() {
        return decimals;
    }

    /** Whether there is one account per meter, wallet or customer instead of one for the company. */
    public boolean hasSubject() {
        return hasSubject;
    }
}
