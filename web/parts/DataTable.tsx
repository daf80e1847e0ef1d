import { Table, type TableProps } from "antd";
import { type JSX, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

const headHeight = 40;

/** Height left below the element's top, so that a long table ends with the window. */
function useRoomBelow(reserve: number, min: number): [React.RefObject<HTMLDivElement | null>, number] {
  const ref = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState(min);
  useEffect(() => {
    const measure = (): void => {
      const top = ref.current?.getBoundingClientRect().top ?? 0;
      setRoom(Math.max(min, window.innerHeight - Math.max(0, top) - reserve));
    };
    measure();
    window.addEventListener("resize", measure);
    return () => window.removeEventListener("resize", measure);
  }, [reserve, min]);
  return [ref, room];
}

export interface DataTableProps<Row extends object> extends Omit<TableProps<Row>, "virtual" | "size"> {
  readonly label: string;
  /** Sum of the column widths, px. */
  readonly width: number;
  /** Px kept free below the table (total row, paging, footer). */
  readonly reserve?: number;
  readonly minHeight?: number;
  readonly testId?: string;
}

/** A long table: only the rows in view are drawn, it scrolls in itself and fills the window. */
export function DataTable<Row extends object>({
  label,
  width,
  reserve = 150,
  minHeight = 280,
  testId,
  ...table
}: DataTableProps<Row>): JSX.Element {
  const { t } = useTranslation();
  const [box, room] = useRoomBelow(reserve + headHeight, minHeight);
  return (
    <section ref={box} aria-label={label} data-testid={testId}>
      <Table<Row>
        virtual
        size="small"
        bordered={false}
        showSorterTooltip={false}
        scroll={{ x: width, y: room }}
        pagination={false}
        locale={{ emptyText: t("empty.title") }}
        {...table}
      />
    </section>
  );
}
