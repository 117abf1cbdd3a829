import { html, type Html, nothing } from './html.ts';

interface Column {
  readonly title: string;
  readonly numeric?: boolean;
}

interface TableContent {
  /** Of the heading that names the table. */
  readonly labelledBy: string;
  readonly caption: string;
  readonly columns: readonly Column[];
  /** The first cell of a row is its heading. */
  readonly rows: readonly (readonly (Html | string)[])[];
}

/**
 * A table that a narrow window shows as one block for each row, its columns named in the cells.
 *
 * The roles say what the elements say already: a block that is no table for the eye stays one for a screen reader.
 */
export function table({ labelledBy, caption, columns, rows }: TableContent): Html {
  const numeric = (index: number): Html => (columns[index]?.numeric === true ? html`class="number"` : nothing);
  const heads = columns.map(
    ({ title }, index) => html`<th role="columnheader" scope="col" ${numeric(index)}>${title}</th>`,
  );
  const cell = (content: Html | string, index: number): Html =>
    html`<td role="cell" data-column="${columns[index]?.title ?? ''}" ${numeric(index)}>${content}</td>`;
  const lines = rows.map(
    ([first = '', ...rest]) =>
      html`<tr role="row">
        <th role="rowheader" scope="row">${first}</th>
        ${rest.map((content, index) => cell(content, index + 1))}
      </tr>`,
  );
  return html`<p class="caption" id="${labelledBy}-caption">${caption}</p>
    <table role="table" aria-labelledby="${labelledBy}" aria-describedby="${labelledBy}-caption">
      <thead role="rowgroup">
        <tr role="row">
          ${heads}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${lines}
      </tbody>
    </table>`;
}
