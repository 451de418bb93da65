/* layout/table-columns.c: from what columns want to what they get.
 *
 * Every column has a least and a wished width. Fixed columns wish what they were given. If shares
 * are used, they take what is left when the others have what they wish. If not, and room is left
 * over, columns of numbers get a little air and columns of text the rest, in proportion. If room is
 * wanting, short columns keep what they wish (a year, a name in its one line) and long ones share
 * the rest in proportion to their wishes above their least: rows then have about equally many lines
 * in each of them. Wishes count at most as a full line, or one long text would starve its
 * neighbours.
 */
#include "layout/table.h"

#define NUMBER_AIR_PT 22.0F /* a number column takes at most so much of spare room */
#define SCARCE_PART   0.8F  /* of the room, that the least widths take where room is scarce */
#define EQUAL_SPREAD  1.8F  /* number columns whose widths differ less are made equal */

typedef struct {
    float least, wish, width;
    gboolean settled;
} Want;

static float padding_of(const SatsColumnBox *box) {
    return box->pad_left_pt + box->pad_right_pt;
}

static SatsWidthKind kind_of(const SatsColumnBox *box) {
    return box->column->width_kind;
}

static float sum_gaps(const SatsTableSetting *setting) {
    float gaps = 0;
    for (guint i = 0; i < setting->n_columns; i++) {
        gaps += setting->columns[i].hidden ? 0 : setting->columns[i].gap_pt;
    }
    return gaps;
}

static void read_wants(const SatsTableSetting *setting, Want *wants, float room) {
    for (guint i = 0; i < setting->n_columns; i++) {
        const SatsColumnBox *box = &setting->columns[i];
        if (box->hidden) {
            wants[i] = (Want){.settled = TRUE};
            continue;
        }
        float least = MAX(box->min_pt + padding_of(box), (float)box->column->min_width_pt);
        float wish = MAX(least, box->max_pt + padding_of(box));
        if (kind_of(box) == SATS_WIDTH_FIXED) {
            wish = (float)box->column->width;
            least = MIN(least, wish);
        }
        wants[i] = (Want){.least = least, .wish = MIN(wish, MAX(least, room))};
    }
}

static float sum_wishes(const Want *wants, guint n) {
    float sum = 0;
    for (guint i = 0; i < n; i++) {
        sum += wants[i].wish;
    }
    return sum;
}

static float sum_least(const Want *wants, guint n) {
    float sum = 0;
    for (guint i = 0; i < n; i++) {
        sum += wants[i].least;
    }
    return sum;
}

/* Shares get the room in proportion to their weights, none less than its least. */
static void give_shares(const SatsTableSetting *setting, Want *wants, float room) {
    for (guint i = 0; i < setting->n_columns; i++) {
        wants[i].settled = setting->columns[i].hidden;
    }
    for (gboolean again = TRUE; again;) {
        again = FALSE;
        float weights = 0;
        float left = room;
        for (guint i = 0; i < setting->n_columns; i++) {
            const SatsColumnBox *box = &setting->columns[i];
            if (kind_of(box) == SATS_WIDTH_SHARE && !wants[i].settled) {
                weights += (float)box->column->width;
            } else {
                left -= wants[i].wish;
            }
        }
        for (guint i = 0; i < setting->n_columns && weights > 0; i++) {
            const SatsColumnBox *box = &setting->columns[i];
            if (kind_of(box) != SATS_WIDTH_SHARE || wants[i].settled) {
                continue;
            }
            wants[i].wish = left * (float)box->column->width / weights;
            if (wants[i].wish < wants[i].least - 0.001F) {
                wants[i].wish = wants[i].least;
                wants[i].settled = again = TRUE;
                break;
            }
        }
    }
}

static gboolean has_shares(const SatsTableSetting *setting) {
    for (guint i = 0; i < setting->n_columns; i++) {
        const SatsColumnBox *box = &setting->columns[i];
        if (!box->hidden && kind_of(box) == SATS_WIDTH_SHARE && box->column->width > 0) {
            return TRUE;
        }
    }
    return FALSE;
}

/* Columns of numbers by content that nearly agree are made equal, when text does not suffer. */
static void equalise_numbers(const SatsTableSetting *setting, Want *wants, float room) {
    float widest = 0;
    float narrowest = G_MAXFLOAT;
    float sum = 0;
    guint n = 0;
    for (guint i = 0; i < setting->n_columns; i++) {
        const SatsColumnBox *box = &setting->columns[i];
        if (!box->hidden && box->compact && kind_of(box) == SATS_WIDTH_CONTENT) {
            float content = wants[i].wish - padding_of(box);
            widest = MAX(widest, content);
            narrowest = MIN(narrowest, content);
            sum += content;
            n++;
        }
    }
    float extra = widest * (float)n - sum;
    if (n < 2 || widest > EQUAL_SPREAD * narrowest ||
        sum_wishes(wants, setting->n_columns) + extra > room) {
        return;
    }
    for (guint i = 0; i < setting->n_columns; i++) {
        const SatsColumnBox *box = &setting->columns[i];
        if (!box->hidden && box->compact && kind_of(box) == SATS_WIDTH_CONTENT) {
            wants[i].wish = widest + padding_of(box);
        }
    }
}

/* Gives spare room to the columns that `takes` says, in proportion to their widths. */
static gboolean give_spare(const SatsTableSetting *setting, Want *wants, float spare,
                           gboolean numbers, gboolean fixed, float most) {
    float weight = 0;
    guint n = 0;
    for (guint pass = 0; pass < 2; pass++) {
        for (guint i = 0; i < setting->n_columns; i++) {
            const SatsColumnBox *box = &setting->columns[i];
            gboolean takes = !box->hidden && (!box->compact || numbers) &&
                             (fixed || kind_of(box) == SATS_WIDTH_CONTENT);
            if (!takes) {
                continue;
            }
            if (pass == 0) {
                weight += wants[i].wish + 1;
                n++;
            } else {
                wants[i].wish += MIN(most, spare * (wants[i].wish + 1) / weight);
            }
        }
    }
    return n > 0;
}

static guint count_numbers(const SatsTableSetting *setting) {
    guint n = 0;
    for (guint i = 0; i < setting->n_columns; i++) {
        const SatsColumnBox *box = &setting->columns[i];
        n += !box->hidden && box->compact && kind_of(box) == SATS_WIDTH_CONTENT ? 1 : 0;
    }
    return n;
}

/* Heads in one line, where there is room for all of them. */
static void widen_for_heads(const SatsTableSetting *setting, Want *wants, float room) {
    g_autofree float *extra = g_new0(float, setting->n_columns);
    float sum = 0;
    for (guint i = 0; i < setting->n_columns; i++) {
        const SatsColumnBox *box = &setting->columns[i];
        if (!box->hidden && kind_of(box) == SATS_WIDTH_CONTENT) {
            extra[i] = MAX(0, box->head_line_pt + padding_of(box) - wants[i].wish);
            sum += extra[i];
        }
    }
    gboolean fits = sum_wishes(wants, setting->n_columns) + sum <= room;
    for (guint i = 0; fits && i < setting->n_columns; i++) {
        wants[i].wish += extra[i];
    }
}

static void give_air(const SatsTableSetting *setting, Want *wants, float room) {
    guint n = count_numbers(setting);
    float spare = room - sum_wishes(wants, setting->n_columns);
    float air = n > 0 ? MIN(NUMBER_AIR_PT, 0.5F * spare / (float)n) : 0;
    for (guint i = 0; i < setting->n_columns; i++) {
        const SatsColumnBox *box = &setting->columns[i];
        if (!box->hidden && box->compact && kind_of(box) == SATS_WIDTH_CONTENT) {
            wants[i].wish += air;
        }
    }
    spare = room - sum_wishes(wants, setting->n_columns);
    if (spare <= 0.01F) {
        return;
    }
    if (!give_spare(setting, wants, spare, FALSE, FALSE, G_MAXFLOAT) &&
        !give_spare(setting, wants, spare, TRUE, FALSE, G_MAXFLOAT) &&
        !give_spare(setting, wants, spare, FALSE, TRUE, G_MAXFLOAT)) {
        give_spare(setting, wants, spare, TRUE, TRUE, G_MAXFLOAT);
    }
}

/* Settles at their wishes the columns that want no more than an equal part of what is left. */
static void settle_short(Want *wants, guint n, float *room) {
    for (gboolean again = TRUE; again;) {
        again = FALSE;
        guint open = 0;
        float others = 0;
        for (guint i = 0; i < n; i++) {
            open += wants[i].settled ? 0 : 1;
            others += wants[i].settled ? 0 : wants[i].least;
        }
        for (guint i = 0; i < n; i++) {
            gboolean leaves_least = others - wants[i].least <= *room - wants[i].wish;
            if (!wants[i].settled && wants[i].wish <= *room / (float)open && leaves_least) {
                wants[i].settled = again = TRUE;
                *room -= wants[i].wish;
                break;
            }
        }
    }
}

/* Fixed columns keep their widths if only the others have what is least. */
static void settle_fixed(const SatsTableSetting *setting, Want *wants, float *room) {
    float fixed = 0;
    float others = 0;
    for (guint i = 0; i < setting->n_columns; i++) {
        gboolean is_fixed = kind_of(&setting->columns[i]) == SATS_WIDTH_FIXED;
        fixed += is_fixed ? wants[i].wish : 0;
        others += is_fixed ? 0 : wants[i].least;
    }
    if (fixed + others > *room) {
        return;
    }
    for (guint i = 0; i < setting->n_columns; i++) {
        wants[i].settled = wants[i].settled || kind_of(&setting->columns[i]) == SATS_WIDTH_FIXED;
    }
    *room -= fixed;
}

static float sum_open_least(const Want *wants, guint n) {
    float sum = 0;
    for (guint i = 0; i < n; i++) {
        sum += wants[i].settled ? 0 : wants[i].least;
    }
    return sum;
}

/* Too little room for all wishes, enough for what is least. Where it is scarce, columns that are
 * alike stay alike: none has its wish before the others. */
static void shrink(const SatsTableSetting *setting, Want *wants, float room) {
    const guint n = setting->n_columns;
    settle_fixed(setting, wants, &room);
    if (sum_open_least(wants, n) < SCARCE_PART * room) {
        settle_short(wants, n, &room);
    }
    float least = 0;
    float wish = 0;
    for (guint i = 0; i < n; i++) {
        if (!wants[i].settled) {
            wants[i].wish = MIN(wants[i].wish, MAX(room, wants[i].least));
            least += wants[i].least;
            wish += wants[i].wish;
        }
    }
    float part = wish > least ? CLAMP((room - least) / (wish - least), 0.0F, 1.0F) : 0;
    for (guint i = 0; i < n; i++) {
        if (!wants[i].settled) {
            wants[i].wish = wants[i].least + (wants[i].wish - wants[i].least) * part;
        }
    }
}

gboolean sats_table_columns_resolve(SatsTableSetting *setting, float width_pt) {
    const float room = width_pt - sum_gaps(setting);
    const guint n = setting->n_columns;
    g_autofree Want *wants = g_new0(Want, n);
    read_wants(setting, wants, room);
    if (sum_least(wants, n) > room + 0.01F) {
        return FALSE;
    }
    if (sum_wishes(wants, n) > room) {
        shrink(setting, wants, room);
    } else {
        widen_for_heads(setting, wants, room);
        equalise_numbers(setting, wants, room);
    }
    if (has_shares(setting)) {
        give_shares(setting, wants, room);
    } else if (sum_wishes(wants, n) < room && !setting->style->prose) {
        give_air(setting, wants, room);
    }
    for (guint i = 0; i < n; i++) {
        setting->columns[i].width_pt = setting->columns[i].hidden ? 0 : wants[i].wish;
    }
    return TRUE;
}

float sats_table_columns_sum(const SatsTableSetting *setting) {
    float sum = sum_gaps(setting);
    for (guint i = 0; i < setting->n_columns; i++) {
        sum += setting->columns[i].width_pt;
    }
    return sum;
}

void sats_table_columns_place(SatsTableSetting *setting) {
    float x = 0;
    for (guint i = 0; i < setting->n_columns; i++) {
        SatsColumnBox *box = &setting->columns[i];
        if (box->hidden) {
            continue;
        }
        x += box->gap_pt;
        box->x_pt = x;
        x += box->width_pt;
    }
}

gboolean sats_table_cell_box(const SatsTableSetting *setting, const SatsNode *cell,
                             guint *out_first, guint *out_last) {
    guint first = cell->as.cell->column;
    guint end = MIN(first + cell->as.cell->column_span, setting->n_columns);
    gboolean found = FALSE;
    for (guint i = first; i < end; i++) {
        if (!setting->columns[i].hidden) {
            *out_first = found ? *out_first : i;
            *out_last = i;
            found = TRUE;
        }
    }
    return found;
}
